"""The reference: a page of Streamlit's with nothing but one chart."""

import plotly.graph_objects as go
import streamlit as st

st.plotly_chart(go.Figure(go.Bar(x=["made up", "figures"], y=[1, 2])))
